using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Registry;

namespace FanOut.DeadLetters;

/// <summary>Finds the mappings to which letters are sent, as they are now; each is read once.</summary>
/// <param name="table">The table.</param>
/// <param name="sendTo">The id of the target that gets all of them; null: each letter goes to its own.</param>
internal sealed class FindLetterTargets(MappingTable table, string? sendTo)
{
    private readonly Dictionary<(string SourceArn, string? Id), LetterTarget> _found = [];

    /// <summary>Whether mappings are sent to as the caller instead of in their roles.</summary>
    public bool SkipRole { get; init; }

    /// <summary>Where a letter goes.</summary>
    /// <param name="letter">The letter; it names a source.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<LetterTarget> OfAsync(FanOutDeadLetter letter, CancellationToken cancellationToken)
    {
        (string SourceArn, string? Id) key = (letter.SourceArn!, sendTo ?? letter.Id);
        if (!_found.TryGetValue(key, out LetterTarget? target))
        {
            LetterTarget read = await ReadAsync(key.SourceArn, key.Id, cancellationToken).ConfigureAwait(false);
            _found[key] = target = SkipRole ? read with { Mappings = [.. read.Mappings.Select(static m => m with { Role = null, ExternalId = null, Region = m.TargetRegion })] } : read;
        }

        return target;
    }

    private async Task<LetterTarget> ReadAsync(string sourceArn, string? id, CancellationToken cancellationToken)
    {
        if (id is null)
        {
            List<Mapping> all = [];
            await foreach (TargetRow row in table.ReadAsync(sourceArn, cancellationToken).ConfigureAwait(false))
            {
                if (row.Mapping is null)
                {
                    return new LetterTarget(sourceArn, null, [], FanOutError.InvalidMapping(row.Id, sourceArn, row.Problem!));
                }

                if (row.Mapping.Active)
                {
                    all.Add(row.Mapping);
                }
            }

            return new LetterTarget(sourceArn, null, all, all.Count == 0 ? FanOutError.LetterWithoutTarget(sourceArn) : null);
        }

        TargetRow? found = await table.FindAsync(sourceArn, id, cancellationToken).ConfigureAwait(false);
        return new LetterTarget(
            sourceArn, id, found?.Mapping is { } mapping ? [mapping] : [],
            found is null ? FanOutError.LetterTargetNotFound(await table.NotFoundAsync(sourceArn, id, cancellationToken).ConfigureAwait(false))
            : found.Mapping is null ? FanOutError.InvalidMapping(id, sourceArn, found.Problem!)
            : !found.Mapping.Active && sendTo is null ? FanOutError.TargetDisabled(id, sourceArn)
            : null);
    }
}
