"""The rules of judging, a family of essentials a module; each fills in the sheet it is given."""
