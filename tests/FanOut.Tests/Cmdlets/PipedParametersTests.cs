using System.Management.Automation;
using System.Reflection;
using FanOut.Abstractions;
using FanOut.Parameters;

namespace FanOut.Tests.Cmdlets;

/// <summary>What a piped object's property cannot be is an error: PowerShell itself would leave the parameter unbound without a word.</summary>
public sealed class PipedParametersTests : IAsyncDisposable
{
    private readonly CloudSession _session = new();

    public static TheoryData<string, string> Bound =>
    [
        .. from cmdlet in typeof(FanOutCommand).Assembly.GetTypes()
           where cmdlet.GetCustomAttribute<CmdletAttribute>() is not null
           from property in cmdlet.GetProperties()
           where property.GetCustomAttributes<ParameterAttribute>().Any(static p => p.ValueFromPipelineByPropertyName)
               && property.PropertyType != typeof(string) && property.PropertyType != typeof(string[])
           select (cmdlet.Name, property.Name),
    ];

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Theory]
    [MemberData(nameof(Bound))]
    public void Each_that_is_no_text_converts_what_it_is_given_itself(string cmdlet, string parameter)
    {
        PropertyInfo property = typeof(FanOutCommand).Assembly.GetType($"FanOut.Commands.{cmdlet}", throwOnError: true)!.GetProperty(parameter)!;

        Assert.NotEmpty(property.GetCustomAttributes<ArgumentTransformationAttribute>());
        Assert.Equal(property.PropertyType == typeof(SwitchParameter), property.GetCustomAttribute<FlagAttribute>() is not null);
    }

    [Theory]
    [InlineData("MaxItemBytes = 'abc'", "'abc' is not a whole number")]
    [InlineData("MaxItemBytes = '1.000'", "'1.000' is not a whole number")]
    [InlineData("MaxItemBytes = '1,000'", "'1,000' is not a whole number")]
    [InlineData("MaxItemBytes = 1.5", "'1.5' is not a whole number")]
    [InlineData("MaxItemBytes = 4GB", "'4294967296' is not a number from")]
    [InlineData("MaxBatchBytes = '9999999999gb'", "'9999999999gb' is not a number from")]
    [InlineData("MaxItemBytes = '-1'", "maxItemBytes '-1' is not a whole number of bytes")]
    [InlineData("Parallel = 'maybe'", "'maybe' is neither true nor false")]
    [InlineData("Enabled = 'on'", "'on' is neither true nor false")]
    [InlineData("View = 'foo'", "'foo' is not one of newImage")]
    [InlineData("Collapse = 'foo'", "'foo' is not one of JSON")]
    [InlineData("OnFailure = 'foo'", "'foo' is not one of block, deadLetter")]
    [InlineData("Type = 'kafka'", "'kafka' is not one of sns")]
    [InlineData("Filter = '{{'", "filter is not JSON")]
    [InlineData("DeadLetter = 'a b'", "deadLetter")]
    [InlineData("Source = 'orders'; SourceType = 'Kineses'", "'Kineses' is not one of Kinesis, DynamoDB, SNS")]
    public void Bad_input_of_a_piped_object_is_an_error_and_changes_nothing(string properties, string says)
    {
        string type = properties.StartsWith("Type", StringComparison.Ordinal) ? "" : "Type = 'sqs'; ";
        string source = properties.Contains("Source", StringComparison.Ordinal) ? "" : $"SourceArn = '{CloudSession.Orders}'; ";
        PowerShellResult result = _session.Run(
            $$"""[pscustomobject]@{ {{type}}{{source}}Id = 't1'; Destination = 'arn:aws:sqs:us-east-1:123456789012:q'; {{properties}} } | Register-FanOutTarget""");

        Assert.Contains(says, result.Error().Exception.Message, StringComparison.Ordinal);
        Assert.Empty(_session.Rows);
    }

    [Theory]
    [InlineData("'64kb'", 65536)]
    [InlineData("64kb", 65536)]
    [InlineData("' 1000 '", 1000)]
    [InlineData("1e3", 1000)]
    [InlineData("[long]5", 5)]
    [InlineData("''", null)]
    [InlineData("$null", null)]
    public void A_number_comes_in_many_forms(string given, int? bytes)
    {
        string piped = $$"""[pscustomobject]@{ Id = 't1'; MaxItemBytes = {{given}} } | Register-FanOutTarget sqs -Destination arn:aws:sqs:us-east-1:123456789012:q -SourceArn {{CloudSession.Orders}}""";
        Assert.Equal(bytes, _session.Run(piped).Property("MaxItemBytes"));
        Assert.Equal(bytes, _session.Run($"Set-FanOutTarget t1 -SourceArn {CloudSession.Orders} -MaxItemBytes {(given.StartsWith('[') ? $"({given})" : given)} -PassThru").Property("MaxItemBytes"));
    }
}
