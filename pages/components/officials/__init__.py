"""The register of executives and councillors: the list, one authority, one seat, its entries."""
