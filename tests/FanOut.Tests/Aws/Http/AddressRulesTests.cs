using System.Net;
using FanOut.Aws.Http;

namespace FanOut.Tests.Aws.Http;

/// <summary>Which addresses may be connected to, by kind.</summary>
public sealed class AddressRulesTests
{
    private const string Everything = "0.0.0.0/0, ::/0";

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("52.94.236.248")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("169.253.255.255")]
    [InlineData("223.255.255.255")]
    [InlineData("2600:1f18::1")]
    [InlineData("2a05:d018::1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::808:808")]
    [InlineData("2002:808:808::1")]
    public void Public_addresses_are(string address) => Assert.Null(AddressRules.PublicOnly.WhyNot(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1", "loopback")]
    [InlineData("127.255.255.254", "loopback")]
    [InlineData("::1", "loopback")]
    [InlineData("::ffff:127.0.0.1", "loopback")]
    [InlineData("64:ff9b::7f00:1", "loopback")]
    [InlineData("::127.0.0.1", "loopback")]
    [InlineData("::ffff:0:127.0.0.1", "loopback")]
    [InlineData("2002:7f00:1::", "loopback")]
    [InlineData("169.254.169.254", "link-local")]
    [InlineData("169.254.170.2", "link-local")]
    [InlineData("169.254.169.253", "link-local")]
    [InlineData("::ffff:169.254.169.254", "link-local")]
    [InlineData("64:ff9b::a9fe:a9fe", "link-local")]
    [InlineData("2002:a9fe:a9fe::1", "link-local")]
    [InlineData("fe80::1", "link-local")]
    [InlineData("fe80::1%1", "link-local")]
    [InlineData("fec0::1", "site-local")]
    [InlineData("fd00:ec2::254", "metadata")]
    [InlineData("fd00:ec2::23", "metadata")]
    [InlineData("0.0.0.0", "no address")]
    [InlineData("0.1.2.3", "no address")]
    [InlineData("::", "no address")]
    [InlineData("224.0.0.1", "multicast")]
    [InlineData("239.255.255.255", "multicast")]
    [InlineData("ff02::1", "multicast")]
    [InlineData("255.255.255.255", "reserved")]
    [InlineData("240.0.0.1", "reserved")]
    [InlineData("100::1", "thrown away")]
    [InlineData("2001:0:4136:e378:8000:63bf:3fff:fdd2", "Teredo")]
    public void Some_never_are_whatever_is_allowed(string address, string what)
    {
        Assert.Contains(what, AddressRules.PublicOnly.WhyNot(IPAddress.Parse(address)), StringComparison.Ordinal);
        Assert.Contains(what, AddressRules.Parse(Everything).WhyNot(IPAddress.Parse(address)), StringComparison.Ordinal);
        Assert.Contains(what, AddressRules.PublicAndPrivate.WhyNot(IPAddress.Parse(address)), StringComparison.Ordinal);
        Assert.Contains(what, AddressRules.Parse($"{IPAddress.Parse(address.Split('%')[0])}/{(address.Contains(':', StringComparison.Ordinal) ? 128 : 32)}").WhyNot(IPAddress.Parse(address)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.0.0.1", "10.0.0.0/8")]
    [InlineData("172.16.0.1", "172.16.0.0/12")]
    [InlineData("172.31.255.255", "172.31.0.0/16")]
    [InlineData("192.168.1.1", "192.168.1.1/32")]
    [InlineData("100.64.0.1", "100.64.0.0/10")]
    [InlineData("192.0.0.170", "192.0.0.0/24")]
    [InlineData("192.0.2.1", "192.0.2.0/24")]
    [InlineData("198.18.0.1", "198.18.0.0/15")]
    [InlineData("198.51.100.1", "198.51.100.0/24")]
    [InlineData("203.0.113.1", "203.0.113.0/24")]
    [InlineData("fd12:3456::1", "fd12:3456::/48")]
    [InlineData("fc00::1", "fc00::/7")]
    [InlineData("2001:db8::1", "2001:db8::/32")]
    [InlineData("4000::1", "4000::/3")]
    [InlineData("::ffff:10.0.0.1", "10.0.0.0/8")]
    [InlineData("64:ff9b::a00:1", "10.0.0.0/8")]
    [InlineData("64:ff9b:1::a00:1", "64:ff9b:1::/48")]
    [InlineData("2002:a00:1::", "10.0.0.0/8")]
    public void Private_ones_are_where_their_network_is_allowed(string address, string network)
    {
        Assert.Contains("FANOUT_HTTP_NETWORKS", AddressRules.PublicOnly.WhyNot(IPAddress.Parse(address)), StringComparison.Ordinal);
        Assert.NotNull(AddressRules.Parse("10.9.0.0/16, fd99::/64").WhyNot(IPAddress.Parse(address)));
        Assert.Null(AddressRules.Parse($"10.9.0.0/16,{network}").WhyNot(IPAddress.Parse(address)));
        Assert.Null(AddressRules.PublicAndPrivate.WhyNot(IPAddress.Parse(address)));
    }
}
