package figure
