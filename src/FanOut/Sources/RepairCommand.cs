using FanOut.Abstractions;

namespace FanOut.Sources;

/// <summary>Writes the commands that repair a source. They name region, function and table, so that they can be pasted into any session.</summary>
internal sealed class RepairCommand(SourceFacts facts)
{
    /// <summary>The parameters that name the function, with the alias or version that reads the source.</summary>
    public string Function => FunctionOf(
        (facts.EventSourceMapping is { } mapping ? InvokedFunction.QualifierOf(mapping) : InvokedFunction.Qualifier(facts.Qualifier)) is { } qualifier ? $"{facts.FunctionName}:{qualifier}" : facts.FunctionName,
        facts.Region);

    /// <summary>A problem, and the command that repairs it.</summary>
    /// <param name="problem">The problem; a sentence.</param>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="parameters">Its parameters, except those that name the source, the function and the table.</param>
    public string With(string problem, string cmdlet, string parameters = "") =>
        $"{problem} {cmdlet}{(parameters.Length > 0 ? " " : "")}{parameters} -SourceArn {Quoted(facts.SourceArn)}{Function}{Table}";

    /// <summary>The command that lets the alias that was asked for read a source, with its settings and from where it is, in the place of what reads it now.</summary>
    /// <param name="reader">What reads it now: a function, with an alias or version.</param>
    public string Moving(string reader) =>
        $"Get-FanOutSource -SourceArn {Quoted(facts.SourceArn)}{FunctionOf(reader.Contains(':', StringComparison.Ordinal) ? reader : $"{reader}:$LATEST", facts.Region)}{Table} | Connect-FanOutSource -Force{Function}";

    /// <summary>A command on a source of a function.</summary>
    public static string Of(string cmdlet, string parameters, string sourceArn, string function, string region) =>
        $"{cmdlet}{(parameters.Length > 0 ? " " : "")}{parameters} -SourceArn {Quoted(sourceArn)}{FunctionOf(function, region)}";

    /// <summary>The parameters that name a function.</summary>
    public static string FunctionOf(string function, string region) =>
        $"{(function == FunctionCommand.DefaultFunction ? "" : $" -FunctionName {Quoted(function)}")} -Region {region}";

    /// <summary>A text as one argument.</summary>
    public static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private string Table => facts.TableName == facts.FunctionName + "Targets" ? "" : $" -TableName {Quoted(facts.TableName)}";
}
