using FanOut.LocalCloud.Policies;

namespace FanOut.Tests.LocalCloud.Policies;

public sealed class WildcardTests
{
    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "*", true)]
    [InlineData("a", "", false)]
    [InlineData("abc", "a*c", true)]
    [InlineData("abcabd", "a*b?", true)]
    [InlineData("abcabd", "a*bc", false)]
    [InlineData("abc", "a?", false)]
    [InlineData("a\\*", "a\\*", true)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaab", "*a*a*a*a*a*a*c", false)]
    public void A_pattern_fits_the_whole_text(string text, string pattern, bool fits) => Assert.Equal(fits, Wildcard.Matches(text, pattern));

    [Theory]
    [InlineData("arn:aws:sqs:us-east-1:1:q", "arn:aws:sqs:*:*:q", true)]
    [InlineData("arn:aws:sqs:us-east-1:1:q", "arn:aws:sqs:*:q", false)]
    [InlineData("arn:aws:logs:us-east-1:1:log-group:/aws/lambda/f:log-stream:s", "arn:aws:logs:us-east-1:1:log-group:/aws/lambda/f:*", true)]
    [InlineData("arn:aws:logs:us-east-1:1:log-group:/aws/lambda/f:log-stream:s", "arn:aws:logs:us-east-1:1:log-group:/aws/lambda/f", false)]
    [InlineData("anything", "*", true)]
    public void An_ARN_is_compared_part_by_part(string arn, string pattern, bool fits) => Assert.Equal(fits, Wildcard.MatchesArn(arn, pattern));
}
