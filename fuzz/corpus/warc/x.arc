filedesc://x.arc 0.0.0.0 20010203040506 text/plain 3
1 0

http://a/ 1.2.3.4 20010203040506 text/html 66
HTTP/1.1 200 OK
Content-Type: text/html

<p>The ferry left.</p>
