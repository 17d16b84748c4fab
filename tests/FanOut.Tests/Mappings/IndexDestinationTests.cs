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
