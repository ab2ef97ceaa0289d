"""Work that candidates show: added behind a link, read in a limited process, rated by people, weak evidence."""
