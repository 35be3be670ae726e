mod conduct;
