filedesc://x.arc 0.0.0.0 20010203040506 text/plain 3
1 0

http://a.example/1 192.0.2.7 20010203040507 text/html 900000
<html><p>Boat 1 left the quay.</p></html>
http://a.example/2 192.0.2.7 20010203040507 text/html 41
<html><p>Boat 2 left the quay.</p></html>
