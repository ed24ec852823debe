module github.com/quothnews/quoth

go 1.26
