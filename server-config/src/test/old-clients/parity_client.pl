# RPC::XML (librpc-xml-perl): url, then numbers; prints a word for each.
use strict;
use warnings;
use RPC::XML;
use RPC::XML::Client;

my $client = RPC::XML::Client->new(shift @ARGV);
for my $n (@ARGV) {
    my $answer = $client->send_request('is_even', RPC::XML::int->new($n));
    die ref $answer ? $answer->string : $answer if !ref $answer || $answer->is_fault;
    print $answer->value, "\n";
}
