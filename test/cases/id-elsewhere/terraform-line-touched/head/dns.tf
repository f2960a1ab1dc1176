resource "dns_txt_record_set" "sts" {
  zone = "nordwind.de."
  txt  = ["v=STSv1; id=2"]
}
