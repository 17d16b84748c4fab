using System.ComponentModel;
using System.Management.Automation;
using FanOut.Completion;
using FanOut.Registry;

namespace FanOut.Abstractions;

/// <summary>Base of the cmdlets that work on registered targets of a source, named by their ids.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TargetCommand : SourceCommand
{
    private string? _current;

    /// <summary>The ids of the targets, or patterns with * and ?; each is unique within its source. A target whose id is exactly what is given is the only one that is meant, also where its id has such a character.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TargetIdCompleter))]
    public string[] Id { get; set; } = [];

    /// <inheritdoc/>
    private protected override object? Subject => _current;

    /// <summary>Does the work for one target.</summary>
    private protected abstract void ProcessTarget(MappingTable table, TargetRow row);

    /// <inheritdoc/>
    private protected sealed override void ProcessObject()
    {
        _current = Id[0];
        string sourceArn = ResolveSourceArn();
        MappingTable table = Mappings;
        Lazy<List<TargetRow>> all = new(() => [.. Each(table.ReadAsync(sourceArn, StopToken))]);
        HashSet<string> done = [];
        foreach (string id in Id)
        {
            _current = id;
            Guard(() =>
            {
                foreach (TargetRow row in Find(table, sourceArn, id, all))
                {
                    _current = row.Id;
                    if (done.Add(row.Id))
                    {
                        Guard(() => ProcessTarget(table, row));
                    }
                }
            });
        }
    }

    private List<TargetRow> Find(MappingTable table, string sourceArn, string id, Lazy<List<TargetRow>> all)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(id))
        {
            return [Await(table.GetAsync(sourceArn, WildcardPattern.Unescape(id), StopToken))];
        }

        if (all.Value.Find(r => r.Id == id) is { } exact)
        {
            return [exact];
        }

        var pattern = new WildcardPattern(id, WildcardOptions.None);
        List<TargetRow> found = all.Value.FindAll(r => pattern.IsMatch(r.Id));
        if (found.Count == 0)
        {
            WriteVerbose($"No target of {sourceArn} has an id like '{id}'.");
        }

        return found;
    }
}
