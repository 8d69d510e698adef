module go-file-server

go 1.21
