using FanOut.Deployment.Policies;

namespace FanOut.Tests.Deployment.Policies;

public sealed class PolicyTransitionTests
{
    private const string Query = """{"Sid":"Q","Effect":"Allow","Action":["dynamodb:Query"],"Resource":["arn:aws:dynamodb:us-east-1:123456789012:table/%"]}""";
    private const string Send = """{"Sid":"S","Effect":"Allow","Action":["sqs:SendMessage"],"Resource":["arn:aws:sqs:us-east-1:123456789012:a","arn:aws:sqs:us-east-1:123456789012:b"]}""";
    private const string SendLess = """{"Sid":"S","Effect":"Allow","Action":["sqs:SendMessage"],"Resource":["arn:aws:sqs:us-east-1:123456789012:b"]}""";

    [Fact]
    public void What_is_the_same_is_left_alone_however_it_is_laid_out() =>
        Assert.Equal(new(null, null), PolicyTransition.Of(Policy(Send).Replace(",", ",\n  ", StringComparison.Ordinal), Policy(Send)));

    [Fact]
    public void What_only_comes_is_put_before() => Assert.Equal(new(Policy(Send), null), PolicyTransition.Of(Policy(SendLess), Policy(Send)));

    [Fact]
    public void What_only_goes_is_taken_after() => Assert.Equal(new(null, Policy(SendLess)), PolicyTransition.Of(Policy(Send), Policy(SendLess)));

    [Fact]
    public void Of_what_comes_and_goes_both_are_allowed_in_between()
    {
        string now = Policy(Send, Table("one")), wanted = Policy(Send, Table("two"));

        var transition = PolicyTransition.Of(now, wanted);

        Assert.Equal(wanted, transition.After);
        // The ids of one policy are unique.
        Assert.Equal(Policy(Send, Table("two"), Table("one").Replace("\"Sid\":\"Q\",", "", StringComparison.Ordinal)), transition.Before);
    }

    [Fact]
    public void What_has_no_room_for_both_or_cannot_be_read_is_replaced_at_once()
    {
        string many = Policy([.. Enumerable.Range(0, 100).Select(i => Table($"{i}").Replace("\"Q\"", $"\"Q{i}\"", StringComparison.Ordinal))]);

        foreach (string? now in new[] { null, "no JSON", """{"Statement":[{"Effect":"Deny","Action":["a:b"],"Resource":["*"]}]}""", many })
        {
            Assert.Equal(new(Policy(Table("x")), null), PolicyTransition.Of(now, Policy(Table("x"))));
        }
    }

    private static string Table(string name) => Query.Replace("%", name, StringComparison.Ordinal);

    private static string Policy(params string[] statements) => $$"""{"Version":"2012-10-17","Statement":[{{string.Join(',', statements)}}]}""";
}
