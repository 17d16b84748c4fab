using System.ComponentModel;
using System.Management.Automation;
using FanOut.Completion;
using FanOut.Credentials;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Registry;

namespace FanOut.Abstractions;

/// <summary>Third rung: which fan-out function, and which table of mappings.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class FunctionCommand : AwsCommand
{
    /// <summary>The name of the function unless another is given.</summary>
    internal const string DefaultFunction = "fanout";

    /// <summary>The fan-out function: its name or its ARN. An ARN also names the region. Default: fanout.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("FunctionArn")]
    [ArgumentCompleter(typeof(FunctionCompleter))]
    public string? FunctionName { get; set; }

    /// <summary>The DynamoDB table of mappings: its name or its ARN. Default: the function's name followed by Targets.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("TableArn")]
    public string? TableName { get; set; }

    /// <summary>The function as it was named; checked for its form.</summary>
    private protected FunctionDestination Function
    {
        get
        {
            string name = Said(FunctionName) ?? DefaultFunction;
            return FunctionDestination.TryParse(name, out FunctionDestination? function, out string? problem)
                ? function
                : throw Failure.InvalidParameter(nameof(FunctionName), name, $"'{name}': {problem}.");
        }
    }

    /// <summary>The name or ARN of the table.</summary>
    private protected string Table => Said(TableName) ?? Function.Name + "Targets";

    /// <summary>The table of mappings; an ARN names its region too.</summary>
    private protected MappingTable Mappings => MappingsIn(Table);

    /// <summary>Who calls, in the function's region.</summary>
    private protected AwsSession FunctionSession => Function.FunctionRegion is { } region ? Session.In(region) : Session;

    /// <summary>The mappings of a table, which is given by its name or ARN.</summary>
    private protected MappingTable MappingsIn(string table) => new(
        Arn.TryParse(table, out Arn? arn) && arn.Region.Length > 0 ? Session.In(arn.Region) : FunctionSession, table, Function.Name);

    /// <inheritdoc/>
    private protected override string? NamedRegion =>
        Function.FunctionRegion ?? (Arn.TryParse(Table, out Arn? table) ? Said(table.Region) : null);
}
