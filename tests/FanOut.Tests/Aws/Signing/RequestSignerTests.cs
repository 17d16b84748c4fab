using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using FanOut.Aws;
using FanOut.Aws.Protocols;
using FanOut.Aws.Signing;

namespace FanOut.Tests.Aws.Signing;

/// <summary>Signatures that AWS has published: the test suite of its own signer, <see href="https://github.com/awslabs/aws-c-auth/tree/main/tests/aws-signing-test-suite/v4"/>.</summary>
public class RequestSignerTests
{
    private const string Date = "20150830T123600Z";
    private const string Form = "application/x-www-form-urlencoded";
    private const string Token = "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2"
        + "wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==";

    private static readonly Uri Endpoint = new("https://example.amazonaws.com/");

    [Theory]
    [InlineData("GET", "/", "", "", "", "", "host;x-amz-date", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("GET", "/", "Param2=value2&Param1=value1", "", "", "", "host;x-amz-date", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    [InlineData("GET", "/{x}", "ሴ", "", "", "", "host;x-amz-date", "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85")]
    [InlineData("GET", "/{x}", "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "", "", "", "host;x-amz-date", "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f")]
    [InlineData("GET", "/", "", "My-Header2: \"a   b   c\"|My-Header1:  value1", "", "", "host;my-header1;my-header2;x-amz-date", "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736")]
    [InlineData("POST", "/", "", "My-Header1:value1", "", "", "host;my-header1;x-amz-date", "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c")]
    [InlineData("POST", "/", "", "", "", Token, "host;x-amz-date;x-amz-security-token", "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead")]
    [InlineData("POST", "/", "", "Content-Length:13", Form, "", "content-length;content-type;host;x-amz-content-sha256;x-amz-date", "d3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b")]
    [InlineData("POST", "/", "", "Content-Length:13", Form + "; charset=utf-8", "", "content-length;content-type;host;x-amz-content-sha256;x-amz-date", "328d1b9eaadca9f5818ef05e8392801e091653bafec24fcab71e7344e7f51422")]
    public void A_request_has_the_signature_that_AWS_gives_it(string method, string path, string parameters, string headers, string contentType, string token, string names, string signature)
    {
        bool isInPath = path != "/";
        var head = new RequestHead(new AwsService("Service", "service", "service", "1") { SignsEncodedPath = false, SendsBodyHash = contentType.Length > 0 }, Endpoint, new WireRequest("Operation")
        {
            Method = method,
            Path = path,
            PathParameter = isInPath ? new("{x}", parameters) : null,
            Query = isInPath ? [] : Pairs(parameters, '&', '='),
            Headers = Pairs(headers, '|', ':'),
            ContentType = contentType.Length > 0 ? contentType : null,
        });
        string bodyHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(contentType.Length > 0 ? "Param1=value1" : "")));

        string authorization = new RequestSigner("service", "us-east-1").Sign(head, bodyHash, new ImmutableCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", token), Date);

        Assert.Equal($"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders={names}, Signature={signature}", authorization);
    }

    [Fact]
    public void Another_secret_or_day_has_another_key()
    {
        var head = new RequestHead(new AwsService("S", "s", "s", "1"), Endpoint, new WireRequest("O"));
        var signer = new RequestSigner("s", "r");
        string Sign(string secret, string date) => signer.Sign(head, "0", new ImmutableCredentials("A", secret, null), date);

        string first = Sign("one", Date);

        string[] others = [Sign("two", Date), Sign("one", "20150831T123600Z"), Sign("one", "20150830T123601Z")];
        Assert.Equal(4, others.Append(first).Distinct().Count());
        Assert.Equal(first, Sign("one", Date));
        Assert.Contains("/20150831/r/s/", others[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://example.com/", "a/b é+~/..", "https://example.com/topics/a%2Fb%20%C3%A9%2B~%2F..?qos=1")]
    [InlineData("https://example.com", "..", "https://example.com/topics/..?qos=1")]
    [InlineData("https://example.com:8443/base/", "a%2Fb", "https://example.com:8443/base/topics/a%252Fb?qos=1")]
    public void What_is_put_into_a_path_is_escaped_once_and_goes_out_like_that(string endpoint, string topic, string url)
    {
        var head = new RequestHead(new AwsService("S", "s", "s", "1"), new Uri(endpoint), new WireRequest("O") { Path = "/topics/{topic}", PathParameter = new("{topic}", topic), Query = [new("qos", "1")] });

        Assert.Equal(url, head.Url.AbsoluteUri);
    }

    [Fact]
    public void A_time_is_written_without_fractions_and_in_UTC_and_anew_each_second()
    {
        var signer = new RequestSigner("s", "r");
        var time = new DateTimeOffset(2015, 8, 30, 12, 36, 1, 999, TimeSpan.FromHours(2));

        Assert.Equal("20150830T103601Z", signer.DateOf(time));
        Assert.Equal("20150830T103602Z", signer.DateOf(time.AddMilliseconds(1)));
        Assert.Equal("20150830T103601Z", signer.DateOf(time.AddMilliseconds(-999)));
    }

    private static List<KeyValuePair<string, string>> Pairs(string text, char between, char within) =>
        [.. text.Split(between, StringSplitOptions.RemoveEmptyEntries).Select(p => new KeyValuePair<string, string>(p[..p.IndexOf(within, StringComparison.Ordinal)], p[(p.IndexOf(within, StringComparison.Ordinal) + 1)..]))];
}
