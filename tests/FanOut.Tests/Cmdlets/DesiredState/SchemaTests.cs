using System.Management.Automation;
using System.Reflection;
using System.Text.Json;
using FanOut.Commands;
using FanOut.DesiredState.Sections;
using FanOut.Help.Cmdlets;
using FanOut.Parameters;
using Json.Schema;

namespace FanOut.Tests.Cmdlets.DesiredState;

/// <summary>FanOut.schema.json, by which editors check a state, says what the module takes.</summary>
public sealed class SchemaTests : StateTests
{
    private static readonly string File = Path.Join(Checkout.Root, "FanOut.schema.json");
    private static readonly string Assembly = typeof(SyncFanOutTargetCommand).Assembly.Location;
    private static readonly JsonSchema Schema = JsonSchema.FromText(System.IO.File.ReadAllText(File));

    [Fact]
    public void It_is_up_to_date() => Assert.True(
        FanOut.Help.Output.Schema.Text(ReadCmdlets.Of(Assembly), ReadSectionNames.Of(Assembly)) == System.IO.File.ReadAllText(File).ReplaceLineEndings("\n"),
        "FanOut.schema.json is out of date; this refreshes it: dotnet build src/FanOut.Help -t:CmdletDocs");

    // A new parameter of a cmdlet belongs into the state, or here.
    [Theory]
    [InlineData(typeof(RegisterFanOutTargetCommand), SectionParameters.Target, "Force SkipPolicy")]
    [InlineData(typeof(PublishFanOutFunctionCommand), SectionParameters.Function, "PublishVersion PackagePath SkipPolicy Force Wait SkipTest WaitTimeout")]
    [InlineData(typeof(ConnectFanOutSourceCommand), SectionParameters.Source, "Force SkipPolicy Wait WaitTimeout")]
    [InlineData(typeof(SetFanOutTargetCommand), SectionParameters.Target, "PassThru SkipPolicy")]
    public void Its_names_are_the_parameters_of_the_cmdlets(Type cmdlet, string section, string others)
    {
        // What says which function or target is meant, and who calls, is not a setting; but for Function and Table names, which the state may have.
        string[] known = [.. typeof(GetFanOutTargetCommand).GetProperties().Where(static p => p.GetCustomAttributes<ParameterAttribute>().Any()).Select(static p => p.Name)
            .Except(["Id", "Type", "SourceArn", "Source", "SourceType", "TableName", "FunctionName"])];
        IEnumerable<string> parameters = cmdlet.GetProperties().Where(static p => p.GetCustomAttributes<ParameterAttribute>().Any()).Select(static p => p.Name)
            .Except(known).Except(others.Split(' '));
        if (section != SectionParameters.Function)
        {
            parameters = parameters.Except(["TableName", "FunctionName"]);
        }

        Assert.Equal(SectionParameters.Of(section).Order(StringComparer.Ordinal), parameters.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Its_words_are_those_that_the_parameters_take()
    {
        JsonElement collapse = JsonDocument.Parse(System.IO.File.ReadAllText(File)).RootElement.GetProperty("properties").GetProperty("Targets").GetProperty("items").GetProperty("properties").GetProperty("Collapse");
        string[] words = [.. collapse.GetProperty("anyOf")[0].GetProperty("enum").EnumerateArray().Select(static w => w.GetString()!)];

        Assert.Equal(typeof(RegisterFanOutTargetCommand).GetProperty("Collapse")!.GetCustomAttribute<OneOfAttribute>()!.Words.Where(static w => w.Length > 0), words);
    }

    [Fact]
    public void What_is_exported_is_as_the_schema_says_and_names_it()
    {
        Session.Cloud.Sns.CreateTopic("news");
        Run($$$"""
            Publish-FanOutFunction -MemorySize 256 -Tag @{ team = 'data' } -LogRetentionDays 30 -Metrics none
            Connect-FanOutSource orders Kinesis -BatchSize 100 -MaximumRecordAge '01:00:00' -OnFailureDestination failed
            Connect-FanOutSource news SNS -MaximumRetryAttempts 1
            Register-FanOutTarget sqs audit audit -Source orders -SourceType Kinesis -Collapse none -Filter '{"data":{"total":[1]}}' -DeadLetter failed
            Export-FanOutTarget '{{{Named("out.json")}}}'
            """).ThrowIfFailed();
        JsonElement state = JsonDocument.Parse(System.IO.File.ReadAllText(Named("out.json"))).RootElement;

        Assert.EndsWith("/FanOut.schema.json", state.GetProperty("$schema").GetString(), StringComparison.Ordinal);
        Assert.Empty(Faults(state));
    }

    [Fact]
    public void What_the_documentation_shows_is_as_the_schema_says()
    {
        string[] states = [.. new Guides.Guide("docs/desired-state.md").Blocks("json"), System.IO.File.ReadAllText(Path.Join(Checkout.Root, "docs", "ci", "fanout.json"))];

        Assert.Equal(2, states.Length);
        Assert.All(states, static s => Assert.Empty(Faults(JsonDocument.Parse(s).RootElement)));
        Assert.All(states, static s => Assert.Equal(JsonDocument.Parse(System.IO.File.ReadAllText(File)).RootElement.GetProperty("$id").GetString(), JsonDocument.Parse(s).RootElement.GetProperty("$schema").GetString()));
    }

    [Theory]
    [InlineData("""{ "Targets": [ { "Id": "a", "Type": "sqs" } ] }""")]
    [InlineData("""{ "Targets": [ { "Id": "a", "Type": "kafka", "Destination": "x" } ] }""")]
    [InlineData("""{ "Targets": [ { "Id": "a", "Type": "sqs", "Destination": "x", "MaxItemByte": 1 } ] }""")]
    [InlineData("""{ "Targets": [ { "Id": "a", "Type": "sqs", "Destination": "x", "Parallel": "no" } ] }""")]
    [InlineData("""{ "Sources": [ { "BatchSize": 1 } ] }""")]
    [InlineData("""{ "Function": { "MemorySize": "much" } }""")]
    [InlineData("""{ "Target": [] }""")]
    public void It_finds_mistakes(string state) => Assert.NotEmpty(Faults(JsonDocument.Parse(state).RootElement));

    [Fact]
    public void It_takes_places_to_be_filled() => Assert.Empty(Faults(JsonDocument.Parse(
        """{ "Function": { "MemorySize": "${param:memory}" }, "Targets": [ { "Id": "a", "Type": "${env:TYPE}", "Destination": "x", "Enabled": "${param:on}" } ] }""").RootElement));

    private static IEnumerable<string> Faults(JsonElement state)
    {
        EvaluationResults results = Schema.Evaluate(state, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return results.IsValid ? [] : results.Details!.SelectMany(static d => (d.Errors ?? []).Select(e => $"{d.InstanceLocation}: {e.Value}")).DefaultIfEmpty("invalid");
    }
}
