using System.ComponentModel;
using Amazon.Runtime;
using FanOut.Aws.Lambda;
using FanOut.Errors;
using FanOut.Registry;
using FanOut.Sources;

namespace FanOut.Abstractions;

/// <summary>Base of the cmdlets that read the whole chain: sources, event source mappings, function, targets.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ChainCommand : FunctionCommand
{
    /// <summary>The function, or the alias or version that was named.</summary>
    /// <exception cref="FanOutException">FunctionNotFound.</exception>
    private protected ReadSources ReadFunction() => new(FunctionSession, Function, Time)
    {
        Configuration = Await(new FunctionConfigurations(FunctionSession, Function, Time).GetAsync(StopToken)),
        Table = NullIfEmpty(TableName),
    };

    /// <summary>The function's event source mappings, of a source or of all.</summary>
    private protected List<EventSourceMappingConfiguration> ReadEventSourceMappings(string? sourceArn) =>
        Await(new EventSourceMappings(FunctionSession, Function, Time).ListAsync(sourceArn, StopToken));

    /// <summary>The rows of a table, of a source or of all.</summary>
    /// <returns>Null if the table cannot be read: that is written as an error, and the rest of the chain is still shown.</returns>
    private protected IReadOnlyList<TargetRow>? ReadRows(string table, string? sourceArn)
    {
        try
        {
            return [.. Each(MappingsIn(table).ReadAsync(sourceArn, StopToken))];
        }
        catch (Exception e) when (e is FanOutException or AmazonServiceException)
        {
            Fail(e);
            return null;
        }
    }
}
