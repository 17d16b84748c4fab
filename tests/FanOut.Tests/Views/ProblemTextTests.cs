using FanOut.Views;

namespace FanOut.Tests.Views;

/// <summary>Problems as tables show them.</summary>
public sealed class ProblemTextTests
{
    [Theory]
    [InlineData("The source is not connected. Connect-FanOutSource -SourceArn 'arn:aws:kinesis:us-east-1:123456789012:stream/orders' -Region us-east-1", "The source is not connected.")]
    [InlineData("No target is enabled. Get-FanOutTarget -Region us-east-1 | Enable-FanOutTarget", "No target is enabled.")]
    [InlineData("The last batch failed: PROBLEM. The function's log says why, and at which target: Get-FanOutLog -Level error", "The last batch failed: PROBLEM. The function's log says why, and at which target.")]
    [InlineData("The function reads its targets from the table a, not from b: Get-FanOutSource -TableName 'a'", "The function reads its targets from the table a, not from b.")]
    [InlineData("The function's state is Failed: AccessDenied", "The function's state is Failed: AccessDenied")]
    [InlineData("The function does not reach SQS: vpc-1 has no endpoint for it. aws ec2 create-vpc-endpoint --vpc-id vpc-1", "The function does not reach SQS: vpc-1 has no endpoint for it.")]
    [InlineData("Records that fail are lost: Publish-FanOutFunction says so", "Records that fail are lost.")]
    public void A_problem_is_shown_without_the_command_that_repairs_it(string problem, string expected)
    {
        Assert.Equal(expected, ProblemText.WithoutCommand(problem));
    }

    [Theory]
    [InlineData("The source is not connected. Connect-FanOutSource -SourceArn 'arn:aws:kinesis:us-east-1:123456789012:stream/orders' -Region us-east-1", "The source is not connected.")]
    [InlineData("The topic is suspended. What is published meanwhile does not reach the targets. Resume-FanOutSource -Source news", "The topic is suspended.")]
    [InlineData("The last batch failed: PROBLEM. The function's log says why: aws logs tail '/aws/lambda/fanout' --since 15m", "The last batch failed: PROBLEM.")]
    [InlineData("The function's state is Failed: AccessDenied", "The function's state is Failed: AccessDenied")]
    public void A_status_is_the_first_sentence_of_a_problem(string problem, string expected)
    {
        Assert.Equal(expected, ProblemText.Status([problem]));
        Assert.Equal($"(2) {expected}", ProblemText.Status([problem, "Another one."]));
    }

    [Theory]
    [InlineData("The source is not connected. Connect-FanOutSource -Region us-east-1", "The source is not connected.", "Connect-FanOutSource -Region us-east-1")]
    [InlineData("The log says why: Get-FanOutLog -Level error", "The log says why:", "Get-FanOutLog -Level error")]
    [InlineData("The function's state is Failed: AccessDenied", "The function's state is Failed: AccessDenied", null)]
    public void A_problem_is_split_into_what_is_wrong_and_the_command(string problem, string text, string? command) => Assert.Equal((text, command), ProblemText.Split(problem));

    [Fact]
    public void Nothing_wrong_is_OK() => Assert.Equal("OK", ProblemText.Status([]));
}
