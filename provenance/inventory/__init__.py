"""What the files say: input files read into tables whose columns are mapped to fields."""
