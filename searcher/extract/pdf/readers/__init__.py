"""Words of a sheet, by whichever library reads it best."""
