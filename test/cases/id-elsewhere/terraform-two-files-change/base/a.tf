resource "dns_txt" "sts" {
  txt = "v=STSv1; id=1"
}
