"""The dataset: contract, validation, store, series and releases. No page and no sentence is read here."""
