using System.Text;
using FanOut.Deployment;

namespace FanOut.Tests.Deployment;

/// <summary>What a function's answer to a test says.</summary>
public sealed class FunctionTestTests
{
    [Theory]
    [InlineData(false, """{"fanout":"2.1.0","function":"fresh"}""", "2.1.0", null)]
    [InlineData(true, """{"errorType":"InvalidEventException","errorMessage":"The event has no Records"}""", null, null)]
    [InlineData(true, """{"errorType":"FormatException","errorMessage":"FANOUT_PROGRESS is 'x'"}""", null, "FormatException: FANOUT_PROGRESS is 'x'")]
    [InlineData(true, """{"errorType":"Runtime.ExitError"}""", null, "Runtime.ExitError")]
    [InlineData(true, """{"errorMessage":"Task timed out"}""", null, "Task timed out")]
    [InlineData(false, """{"batchItemFailures":[]}""", null, "what it answers to an event of FanOut is not the answer of a fan-out function")]
    [InlineData(false, "null", null, "what it answers to an event of FanOut is not the answer of a fan-out function")]
    public void The_answer_says_whether_it_runs(bool isError, string answer, string? version, string? problem) =>
        Assert.Equal(new FunctionTest(version, problem), FunctionTest.Of(isError, Encoding.UTF8.GetBytes(answer)));

    [Fact]
    public void An_answer_that_is_no_JSON_is_a_problem() =>
        Assert.StartsWith("what it answers is not JSON (", FunctionTest.Of(isError: false, "<html>"u8.ToArray()).Problem, StringComparison.Ordinal);
}
