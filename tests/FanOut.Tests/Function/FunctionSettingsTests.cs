using FanOut.Engine.Logging;
using FanOut.Engine.Settings;

namespace FanOut.Tests.Dispatch;

public class FunctionSettingsTests
{
    [Fact]
    public void Without_variables_of_ours_the_defaults_hold()
    {
        FunctionSettings settings = Read();

        Assert.Equal(("f", "eu-west-1", "127.0.0.1:9001", "fTargets"), (settings.FunctionName, settings.Region, settings.RuntimeApi, settings.Table));
        Assert.Equal((60, 8, 4), ((int)settings.Refresh.TotalSeconds, settings.Delivery.ParallelTargets, settings.Delivery.ParallelBlocks));
        Assert.Equal(("emf", false, LogLevel.Info), (settings.Metrics, settings.ReportsItems, settings.LogLevel));
    }

    [Fact]
    public void Every_variable_has_its_say()
    {
        FunctionSettings settings = Read(
            ("FANOUT_TABLE", "t"), ("FANOUT_REFRESH_SECONDS", "0"), ("FANOUT_PARALLEL_TARGETS", "64"), ("FANOUT_PARALLEL_BLOCKS", "1"),
            ("FANOUT_METRICS", "CloudWatch"), ("FANOUT_BATCH_ITEM_FAILURES", "true"), ("FANOUT_LOG_LEVEL", "Error"));

        Assert.Equal(("t", TimeSpan.Zero, 64, 1), (settings.Table, settings.Refresh, settings.Delivery.ParallelTargets, settings.Delivery.ParallelBlocks));
        Assert.Equal(("cloudwatch", true, LogLevel.Error), (settings.Metrics, settings.ReportsItems, settings.LogLevel));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("10.1.0.0/16,fd12::/48 ,", "10.1.0.0/16, fd12::/48")]
    public void Private_networks_are_allowed_by_their_prefixes(string value, string networks) =>
        Assert.Equal(networks, Read(("FANOUT_HTTP_NETWORKS", value)).HttpAddresses.ToString());

    [Theory]
    [InlineData("", 16)]
    [InlineData("128", 16)]
    [InlineData("10240", 1_280)]
    public void Calls_may_hold_an_eighth_of_the_memory(string megabytes, int expected) =>
        Assert.Equal(expected * 1024L * 1024, Read(("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", megabytes)).Delivery.CallMemory);

    [Theory]
    [InlineData("$LATEST", "$LATEST")]
    [InlineData("", null)]
    public void The_version_is_told_where_Lambda_tells_it(string value, string? version) =>
        Assert.Equal(version, Read(("AWS_LAMBDA_FUNCTION_VERSION", value)).FunctionVersion);

    [Theory]
    [InlineData("AWS_REGION", "")]
    [InlineData("AWS_LAMBDA_FUNCTION_NAME", "")]
    [InlineData("AWS_LAMBDA_RUNTIME_API", "")]
    [InlineData("FANOUT_REFRESH_SECONDS", "-1")]
    [InlineData("FANOUT_REFRESH_SECONDS", "1.5")]
    [InlineData("FANOUT_REFRESH_SECONDS", "86401")]
    [InlineData("FANOUT_PARALLEL_TARGETS", "0")]
    [InlineData("FANOUT_PARALLEL_BLOCKS", "65")]
    [InlineData("FANOUT_METRICS", "statsd")]
    [InlineData("FANOUT_BATCH_ITEM_FAILURES", "yes")]
    [InlineData("FANOUT_LOG_LEVEL", "trace")]
    [InlineData("FANOUT_HTTP_NETWORKS", "10.1.0.0")]
    [InlineData("FANOUT_HTTP_NETWORKS", "10.0.0.0/8, all")]
    public void A_value_that_makes_no_sense_is_refused_by_name(string name, string value) =>
        Assert.Contains(name, Assert.Throws<FormatException>(() => Read((name, value))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("FANOUT_LOG_LEVEL", "verbose", "The environment variable FANOUT_LOG_LEVEL is 'verbose'; allowed are info, debug, warn, error.")]
    [InlineData("FANOUT_LOG_LEVEL", "Verbose", "The environment variable FANOUT_LOG_LEVEL is 'Verbose'; allowed are info, debug, warn, error.")]
    [InlineData("FANOUT_REFRESH_SECONDS", "1h", "The environment variable FANOUT_REFRESH_SECONDS is '1h'; a whole number from 0 to 86400 is allowed.")]
    [InlineData("FANOUT_LOG_LEVEL", "WARN", null)]
    [InlineData("FANOUT_LOG_LEVEL", "", null)]
    [InlineData("OTHER", "x", null)]
    public void Whether_a_function_can_start_is_known_without_Lambda(string name, string value, string? problem) =>
        Assert.Equal(problem, FunctionSettings.FindProblem(new Dictionary<string, string> { [name] = value }));

    [Fact]
    public void The_names_of_all_variables_are_known() => Assert.Equal(
        [
            "FANOUT_BATCH_ITEM_FAILURES", "FANOUT_HTTP_NETWORKS", "FANOUT_LOG_LEVEL", "FANOUT_METRICS", "FANOUT_PARALLEL_BLOCKS", "FANOUT_PARALLEL_TARGETS", "FANOUT_PROGRESS",
            "FANOUT_REFRESH_SECONDS", "FANOUT_REQUIRE_TARGETS", "FANOUT_TABLE",
        ],
        FunctionSettings.Variables.Order(StringComparer.Ordinal));

    internal static FunctionSettings Read(params (string Name, string Value)[] variables)
    {
        var environment = new Dictionary<string, string>
        {
            ["AWS_LAMBDA_FUNCTION_NAME"] = "f",
            ["AWS_REGION"] = "eu-west-1",
            ["AWS_LAMBDA_RUNTIME_API"] = "127.0.0.1:9001",
        };
        foreach ((string name, string value) in variables)
        {
            environment[name] = value;
        }

        return FunctionSettings.Read(name => environment.GetValueOrDefault(name));
    }
}
