# xmlrpc (ruby-xmlrpc): url, then numbers; prints a word for each.
require 'xmlrpc/client'

client = XMLRPC::Client.new2(ARGV.shift)
ARGV.each { |n| puts client.call('is_even', Integer(n)) }
