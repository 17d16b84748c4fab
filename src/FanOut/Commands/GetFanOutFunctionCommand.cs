using System.Management.Automation;
using System.Net;
using FanOut.Abstractions;
using FanOut.Completion;
using FanOut.Aws.Lambda;
using FanOut.Sources;

namespace FanOut.Commands;

/// <summary>Gets fan-out functions: what Lambda says of each, its settings, and how many sources and targets it has.</summary>
/// <remarks>
/// <para>Without -FunctionName all fan-out functions of the account and region come out: those that Publish-FanOutFunction made or upgraded, those with a variable FANOUT_…, and the original aws-lambda-fanout. -FunctionName takes wildcards too. If functions may not be listed (lambda:ListFunctions), the function fanout comes out.</para>
/// <para>The property Problems says what is missing or wrong; also what a function in a VPC does not reach of what its table and its enabled targets need, where its route tables and endpoints may be looked at. Of the function's environment variables only its own settings are shown, those that start with FANOUT_.</para>
/// <para>UpdateAvailable is true if the module holds another package than the deployed one: Publish-FanOutFunction deploys it. VersionComparison tells whether the deployed version is older or newer than the module's, or the same; it is known where the module's packages were deployed, which leaves the tag fanout:version.</para>
/// <para>The table of mappings is the one that the function reads, unless -TableName names another.</para>
/// </remarks>
/// <example>
/// <code>Get-FanOutFunction</code>
/// <para>All fan-out functions of the region, with the state of each.</para>
/// </example>
/// <example>
/// <code>Get-FanOutFunction -FunctionName *-prod | Where-Object UpdateAvailable | Publish-FanOutFunction -WhatIf</code>
/// <para>What would be changed to give those functions the module's package whose names end with -prod, where they have another.</para>
/// </example>
/// <example>
/// <code>Get-FanOutFunction -FunctionName fanout-prod -Region eu-west-1 | Get-FanOutSource</code>
/// <para>The sources of the function fanout-prod, with the state of each.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "FanOutFunction", HelpUri = ProjectAddress.CmdletPages + "Get-FanOutFunction.md")]
[OutputType(typeof(FanOutFunction))]
public sealed class GetFanOutFunctionCommand : ChainCommand
{
    /// <inheritdoc/>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [Alias("FunctionArn")]
    [ArgumentCompleter(typeof(FunctionCompleter))]
    public override string? FunctionName { get; set; }

    // What other cmdlets mean without a name, and any other name with wildcards, may be several functions here.
    private bool IsList => NullIfEmpty(FunctionName) is not { } name || WildcardPattern.ContainsWildcardCharacters(name);

    /// <inheritdoc/>
    private protected override object? Subject => NullIfEmpty(FunctionName) ?? DefaultFunction;

    /// <inheritdoc/>
    private protected override string? NamedRegion => IsList ? null : base.NamedRegion;

    /// <inheritdoc/>
    private protected override void ProcessObject()
    {
        if (!IsList)
        {
            WriteObject(ReadAndDescribe());
            return;
        }

        string? given = FunctionName;
        foreach (string name in Names(new WildcardPattern(NullIfEmpty(given) ?? "*", WildcardOptions.IgnoreCase)))
        {
            FunctionName = name;
            WriteObject(ReadAndDescribe());
        }

        FunctionName = given;
    }

    private string[] Names(WildcardPattern pattern)
    {
        List<string> names;
        try
        {
            names = [.. Each(new FindFunctions(Session).ListFanOutAsync(StopToken))];
        }
        catch (AmazonLambdaException e) when (e.StatusCode == HttpStatusCode.Forbidden && NullIfEmpty(FunctionName) is null)
        {
            WriteVerbose($"The functions of {Session.Region} may not be listed as {Session.Identity} (lambda:ListFunctions): {e.Message}");
            return [DefaultFunction];
        }

        string[] found = [.. names.Where(pattern.IsMatch)];
        if (found.Length == 0)
        {
            WriteVerbose($"There is no such fan-out function in {Session.Region} (looked up as {Session.Identity}).");
        }

        return found;
    }
}
