using FanOut.Aws.Lambda;
using FanOut.Sources;

namespace FanOut.Tests.Sources;

public sealed class FunctionProblemsTests : SourceTests
{
    public static TheoryData<string, string> Cases => new()
    {
        { "healthy", "" },
        { "loses", "Records that fail are lost: FANOUT_BATCH_ITEM_FAILURES is true, but an event source mapping does not have ReportBatchItemFailures. Get-FanOutSource -Region us-east-1" },
        { "wrong variable", "The function does not start: The environment variable FANOUT_BATCH_ITEM_FAILURES is 'yes'; allowed are false, true." },
        { "failed", "The function's state is Failed: InvalidSubnet" },
        { "update failed", "The last change of the function failed: EniLimitExceeded" },
        { "unreadable", "The function's environment variables cannot be read: denied" },
        { "foreign", "The function has the runtime nodejs10.x: it is not FanOut's, but the original or another." },
        { "failing", $"The last batch of {Orders} failed: PROBLEM: Function call failed. Get-FanOutSource -Region us-east-1" },
        { "disabled", "No source is enabled. Get-FanOutSource -Region us-east-1 | Resume-FanOutSource" },
        { "unconnected", "No source is connected. Connect-FanOutSource -SourceArn <arn> -Region us-east-1" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_problem_is_told_with_the_command_that_repairs_it(string name, string expected)
    {
        FunctionConfiguration configuration = name switch
        {
            "wrong variable" => new() { Environment = Variables("yes") },
            "failed" => new() { Environment = Variables("true"), State = "Failed", StateReasonCode = "InvalidSubnet" },
            "update failed" => new() { Environment = Variables("true"), LastUpdateStatus = "Failed", LastUpdateStatusReasonCode = "EniLimitExceeded" },
            "unreadable" => new() { Environment = new() { Error = new() { ErrorCode = "AccessDeniedException", Message = "denied" } } },
            "foreign" => new() { Runtime = "nodejs10.x" },
            _ => new() { Environment = Variables("TRUE") },
        };
        EventSourceMappingConfiguration mapping = new()
        {
            EventSourceArn = Orders,
            FunctionArn = "arn:aws:lambda:us-east-1:123456789012:function:fanout",
            LastProcessingResult = name == "failing" ? "PROBLEM: Function call failed" : "OK",
            State = name == "disabled" ? "Disabled" : "Enabled",
            FunctionResponseTypes = name == "loses" ? [] : ["ReportBatchItemFailures"],
        };
        var read = new ReadSources(Session, Function("fanout"), Time) { Configuration = configuration };

        Assert.Equal(expected, string.Join('|', FunctionProblems.Of(read, Function("fanout"), "us-east-1", name == "unconnected" ? [] : [mapping], [], null, [])));
    }

    private static EnvironmentResponse Variables(string value) => new() { Variables = new() { ["FANOUT_BATCH_ITEM_FAILURES"] = value } };
}
