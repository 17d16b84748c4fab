using FanOut.Aws.Lambda;
using FanOut.Sources;

namespace FanOut.Tests.Sources;

public sealed class ReportingPlanTests
{
    private const string FunctionArn = "arn:aws:lambda:us-east-1:123456789012:function:fanout";

    [Theory]
    [InlineData("provided.al2023", null, "", "Report, set")]
    [InlineData(null, null, "", "Report, set")]
    [InlineData("provided.al2023", null, "kinesis+", "Report, set")]
    [InlineData("provided.al2023", null, "kinesis", "Report, set, upgrade kinesis")]
    [InlineData("provided.al2023", null, "kinesis dynamodb sqs dynamodb+", "Report, set, upgrade kinesis dynamodb sqs")]
    [InlineData("provided.al2023", null, "kinesis kafka", "Report, warn")]
    [InlineData("provided.al2023", null, "kinesis:live", "Report, set")]
    [InlineData("provided.al2023", "true", "", "Report")]
    [InlineData("provided.al2023", "TRUE", "kinesis", "Report, upgrade kinesis")]
    [InlineData("provided.al2023", "true", "kinesis kafka", "Report, upgrade kinesis, warn")]
    [InlineData("provided.al2023", "yes", "", "Report, set")]
    [InlineData("nodejs10.x", null, "kinesis", "warn")]
    [InlineData("nodejs22.x", "true", "", "warn")]
    [InlineData("python3.13", null, "", "warn")]
    public void Mappings_ask_before_the_function_answers(string? runtime, string? variable, string others, string expected)
    {
        var plan = ReportingPlan.Of(new FunctionConfiguration { Runtime = runtime }, Variables(variable), null, Mappings(others));

        Assert.Equal(expected, Show(plan));
    }

    [Theory]
    [InlineData(null, "kinesis", "Report, warn")]
    [InlineData("true", "kinesis", "Report")]
    [InlineData("true", "kinesis:live", "Report, upgrade kinesis")]
    public void Of_an_alias_the_variable_is_read_and_never_set(string? variable, string others, string expected)
    {
        var plan = ReportingPlan.Of(new FunctionConfiguration { Runtime = "provided.al2023" }, Variables(variable), "live", Mappings(others));

        Assert.Equal(expected, Show(plan));
    }

    [Fact]
    public void A_mapping_on_its_way_out_does_not_count()
    {
        EventSourceMappingConfiguration mapping = Mappings("kafka").Single();
        mapping.State = "Deleting";

        Assert.Equal("Report, set", Show(ReportingPlan.Of(new FunctionConfiguration(), Variables(null), null, [mapping])));
    }

    private static Dictionary<string, string> Variables(string? value) => value is null ? [] : new() { ["FANOUT_BATCH_ITEM_FAILURES"] = value };

    // kinesis: does not ask; kinesis+: asks; kinesis:live: calls the alias.
    private static IEnumerable<EventSourceMappingConfiguration> Mappings(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static word =>
    {
        string service = word.TrimEnd('+').Split(':')[0];
        return new EventSourceMappingConfiguration
        {
            EventSourceArn = $"arn:aws:{service}:us-east-1:123456789012:{(service == "kinesis" ? "stream/orders" : "table/orders/stream/1")}",
            FunctionArn = FunctionArn + (word.Contains(':', StringComparison.Ordinal) ? ":live" : ""),
            FunctionResponseTypes = word.EndsWith('+') ? ["ReportBatchItemFailures"] : [],
            State = "Enabled",
        };
    });

    private static string Show(ReportingPlan plan) => string.Join(", ", new[]
    {
        plan.Report ? "Report" : "",
        plan.SetVariable ? "set" : "",
        plan.Upgrade.Count > 0 ? $"upgrade {string.Join(' ', plan.Upgrade.Select(static m => m.EventSourceArn!.Split(':')[2]))}" : "",
        plan.Warning is null ? "" : "warn",
    }.Where(static s => s.Length > 0));
}
