"""What changed since somebody looked, and things as a judgement reads them."""
