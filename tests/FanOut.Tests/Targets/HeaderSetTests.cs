using FanOut.Engine.Targets;

namespace FanOut.Tests.Targets;

/// <summary>Which secrets can be headers.</summary>
public sealed class HeaderSetTests
{
    [Fact]
    public void A_secret_is_a_JSON_object_of_names_and_values()
    {
        HeaderSet set = HeaderSet.Read("""{ "Authorization": "Bearer to/ken-1", "X-Api-Key": "k\u0065y", "Content-Type": "text/csv" }""", out string? problem);

        Assert.Null(problem);
        Assert.Equal([new("Authorization", "Bearer to/ken-1"), new("X-Api-Key", "key"), new("Content-Type", "text/csv")], set.Headers);
        Assert.Equal("3 headers", $"{set}");
        Assert.Empty(HeaderSet.Read("{}", out problem).Headers);
        Assert.Null(problem);
    }

    [Theory]
    [InlineData(null, "binary")]
    [InlineData("", "not JSON")]
    [InlineData("hush-token", "not JSON")]
    [InlineData("[]", "no JSON object")]
    [InlineData("\"hush-token\"", "no JSON object")]
    [InlineData("""{"a":"b"} hush""", "not JSON")]
    [InlineData("""{"a":"b"}{}""", "not JSON")]
    [InlineData("""{"a":"b""", "not JSON")]
    [InlineData("""{"X-Key":"hush\ud800"}""", "not JSON")]
    [InlineData("""{"hush\ud800":"x"}""", "not JSON")]
    [InlineData("""{"Authorization":{"hush":"1"}}""", "a value of Authorization that is no text")]
    [InlineData("""{"Authorization":7}""", "a value of Authorization that is no text")]
    [InlineData("""{"Authorization":null}""", "a value of Authorization that is no text")]
    [InlineData("""{"Bearer hush":"x"}""", "a name that no header can have")]
    [InlineData("""{"":"x"}""", "a name that no header can have")]
    [InlineData("""{"A\r\nX-Evil":"x"}""", "a name that no header can have")]
    [InlineData("""{"X-Key":"hush\r\nX-Evil: 1"}""", "line breaks")]
    [InlineData("""{"X-Key":"hush\u0000"}""", "line breaks")]
    [InlineData("""{"X-Key":"hüsh"}""", "printable ASCII")]
    [InlineData("""{"X-Key":"a","x-key":"b"}""", "the header x-key twice")]
    [InlineData("""{"Host":"evil.example"}""", "the header Host, which is not for a user to set")]
    [InlineData("""{"content-length":"0"}""", "not for a user to set")]
    [InlineData("""{"Transfer-Encoding":"chunked"}""", "not for a user to set")]
    [InlineData("""{"Connection":"close"}""", "not for a user to set")]
    [InlineData("""{"TE":"trailers"}""", "not for a user to set")]
    [InlineData("""{"Upgrade":"h2c"}""", "not for a user to set")]
    [InlineData("""{"Expect":"100-continue"}""", "not for a user to set")]
    [InlineData("""{"Content-Encoding":"gzip"}""", "not for a user to set")]
    [InlineData("""{"Idempotency-Key":"1"}""", "not for a user to set")]
    [InlineData("""{"x-fanout-key":"1"}""", "not for a user to set")]
    public void What_cannot_be_headers_is_refused_and_not_told(string? text, string expected)
    {
        HeaderSet set = HeaderSet.Read(text, out string? problem);

        Assert.Empty(set.Headers);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_may_be_long_but_not_endless_and_headers_many_but_not_countless()
    {
        HeaderSet.Read($$"""{"X-Key":"{{new string('x', 8_192)}}"}""", out string? longest);
        HeaderSet.Read($$"""{"X-Key":"{{new string('x', 8_193)}}"}""", out string? longer);
        HeaderSet.Read($"{{{string.Join(',', Enumerable.Range(0, 50).Select(static n => $"\"X-{n}\":\"\""))}}}", out string? many);
        HeaderSet.Read($"{{{string.Join(',', Enumerable.Range(0, 51).Select(static n => $"\"X-{n}\":\"\""))}}}", out string? more);

        Assert.Equal((null, true, null, true), (longest, longer!.Contains("8192", StringComparison.Ordinal), many, more!.Contains("50 headers", StringComparison.Ordinal)));
    }
}
