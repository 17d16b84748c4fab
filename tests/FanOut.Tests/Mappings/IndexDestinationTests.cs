using FanOut.Engine.Mappings;

namespace FanOut.Tests.Mappings;

public sealed class IndexDestinationTests
{
    [Theory]
    [InlineData("search-d-abc.us-east-1.es.amazonaws.com#idx/type", "https://search-d-abc.us-east-1.es.amazonaws.com/", "idx/type", false, "us-east-1")]
    [InlineData("vpc-d-abc.cn-north-1.es.amazonaws.com.cn#idx", "https://vpc-d-abc.cn-north-1.es.amazonaws.com.cn/", "idx", false, "cn-north-1")]
    [InlineData("search-d-abc.aos.eu-west-1.on.aws#idx", "https://search-d-abc.aos.eu-west-1.on.aws/", "idx", false, "eu-west-1")]
    [InlineData("abc123.us-west-2.aoss.amazonaws.com#idx", "https://abc123.us-west-2.aoss.amazonaws.com/", "idx", true, "us-west-2")]
    [InlineData("abc123.aoss.us-west-2.on.aws#idx", "https://abc123.aoss.us-west-2.on.aws/", "idx", true, "us-west-2")]
    [InlineData("https://logs.example.com#idx", "https://logs.example.com/", "idx", false, null)]
    [InlineData("aoss.example.com:9243#idx", "https://aoss.example.com:9243/", "idx", false, null)]
    [InlineData("http://localhost:9200/#/idx/", "http://localhost:9200/", "idx", false, null)]
    [InlineData("http://[::1]:9200#idx", "http://[::1]:9200/", "idx", false, null)]
    public void Endpoint_and_index_are_told_apart(string text, string endpoint, string path, bool serverless, string? region)
    {
        Assert.True(IndexDestination.TryParse(text, out IndexDestination? index, out string? problem), problem);
        Assert.Equal(
            (endpoint, path, serverless, region), (index.Endpoint.AbsoluteUri, index.Path, index.IsServerless, index.Region));
    }

    [Theory]
    [InlineData("idx", "idx")]
    [InlineData("Größe", "Gr%C3%B6%C3%9Fe")]
    [InlineData("a b?c#d", "a%20b%3Fc%23d")]
    [InlineData("<logs-{now%2Fd}>", "%3Clogs-%7Bnow%2Fd%7D%3E")]
    [InlineData("100%", "100%25")]
    [InlineData("😀", "%F0%9F%98%80")]
    [InlineData("<logs-{now/d}>", "%3Clogs-%7Bnow%2Fd%7D%3E")]
    [InlineData("%3Clogs-%7Bnow%2Fd%7D%3E", "%3Clogs-%7Bnow%2Fd%7D%3E")]
    [InlineData("<logs-{now/d{yyyy.MM.dd|+12:00}}>/type", "%3Clogs-%7Bnow%2Fd%7Byyyy.MM.dd%7C%2B12%3A00%7D%7D%3E/type")]
    [InlineData("%252e%252e", "%252e%252e")]
    [InlineData("orders/Order", "orders/Order")]
    [InlineData("Alias", "Alias")]
    public void The_path_is_encoded_where_needed_and_only_once(string index, string path)
    {
        Assert.True(IndexDestination.TryParse("h#" + index, out IndexDestination? destination, out _));
        Assert.Equal(path, destination.Path);
        Assert.Equal($"/{path}/_bulk", new Uri(destination.Endpoint, destination.Path + "/_bulk").AbsolutePath);
    }

    [Theory]
    [InlineData("", "no '#'")]
    [InlineData("search-d.us-east-1.es.amazonaws.com", "no '#'")]
    [InlineData("#idx", "before the '#'")]
    [InlineData("host#", "no index")]
    [InlineData("host#/", "no index")]
    [InlineData("host#a//b", "empty part")]
    [InlineData("host#../_cluster", "only dots")]
    [InlineData("host#a/%2e%2e/x", "only dots")]
    [InlineData("host#%2E%2E", "only dots")]
    [InlineData("host#a/%2e", "only dots")]
    [InlineData("host#a%2F..%2Fx", "slash within")]
    [InlineData("host#orders/%3Clogs-%7Bnow%2Fd%7D%3E", "slash within")]
    [InlineData("host#a/%3Clogs-%7Bnow%2Fd%7D%3E/b", "more than an index and a type")]
    [InlineData("host#a/b/c", "more than an index and a type")]
    [InlineData("ho st#idx", "neither a host nor a URL")]
    [InlineData("ftp://host#idx", "neither https:// nor http://")]
    [InlineData("https://user:secret@host#idx", "signed with AWS credentials")]
    [InlineData("https://host/path#idx", "path or a query")]
    [InlineData("https://host?secret#idx", "path or a query")]
    public void What_is_no_index_is_refused_with_the_form_that_is(string text, string reason)
    {
        Assert.False(IndexDestination.TryParse(text, out _, out string? problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
        Assert.Contains("es takes endpoint#index", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }
}
