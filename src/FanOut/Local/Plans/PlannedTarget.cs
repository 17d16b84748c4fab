using System.Text;
using FanOut.Aws;
using FanOut.Engine.Batching;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.Engine.Templates;
using FanOut.Engine.Transform;

namespace FanOut.Local.Plans;

/// <summary>A target of the function whose calls are written down instead of sent. It takes everything.</summary>
/// <param name="mapping">The mapping.</param>
/// <param name="target">The function's own target.</param>
internal sealed class PlannedTarget(Mapping mapping, ITarget target) : ITarget
{
    private readonly TextTemplates? _texts = mapping.Texts;
    private readonly List<PlannedCall> _calls = [];

    /// <summary>What was written down.</summary>
    public IReadOnlyList<PlannedCall> Calls
    {
        get
        {
            lock (_calls)
            {
                return [.. _calls];
            }
        }
    }

    /// <inheritdoc/>
    public Limits Limits => target.Limits;

    /// <inheritdoc/>
    public PayloadForm Form => target.Form;

    /// <inheritdoc/>
    public IItemCutter Cutter => target.Cutter;

    /// <inheritdoc/>
    public bool IsOrdered => target.IsOrdered;

    /// <inheritdoc/>
    public CallOrder CallOrder => target.CallOrder;

    /// <inheritdoc/>
    public async Task<Receipt> SendAsync(TargetBatch batch, ReadOnlyMemory<Item> items, CancellationToken cancellationToken)
    {
        WrittenRequest? request = await RequestAsync(batch, items, cancellationToken).ConfigureAwait(false);
        var call = new PlannedCall(request, [.. Items(batch, items)]);
        lock (_calls)
        {
            _calls.Add(call);
        }

        return Receipt.AllTaken;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => target.DisposeAsync();

    // The target writes its request, and comes as far as the connection. A cache has no request that could be written down: its entries are all there is.
    private async Task<WrittenRequest?> RequestAsync(TargetBatch batch, ReadOnlyMemory<Item> items, CancellationToken cancellationToken)
    {
        if (mapping.Destination is CacheDestination)
        {
            return null;
        }

        WrittenRequests.WrittenCall written = WrittenRequests.Begin();
        try
        {
            await target.SendAsync(batch, items, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (written.Request is not null)
        {
            // It was not sent; that it could not be is no news.
        }

        return written.Request;
    }

    private static byte[] BytesOf(Blob data) => data.IsBase64 ? Convert.FromBase64String(Encoding.ASCII.GetString(data.Content.Span)) : data.Content.ToArray();

    private Dictionary<string, string> TextsOf(TargetBatch batch, Payload payload) =>
        Enumerable.Range(0, _texts?.Count ?? 0).ToDictionary(number => _texts![number].Name, number => Encoding.UTF8.GetString(batch.TextOf(payload, number).Span));

    private IEnumerable<PlannedItem> Items(TargetBatch batch, ReadOnlyMemory<Item> items)
    {
        for (int i = 0; i < items.Length; i++)
        {
            Item item = items.Span[i];
            var payloads = new List<PlannedPayload>(item.Count);
            for (int p = 0; p < item.Count; p++)
            {
                Payload payload = batch[item.First + p];
                bool isDelete = payload.IsDelete && mapping.DeletesRemoved;
                payloads.Add(new PlannedPayload(payload.Record, payload.Key.ToArray(), isDelete ? [] : BytesOf(payload.Data), isDelete, TextsOf(batch, payload)));
            }

            yield return new PlannedItem(item.Bytes, payloads);
        }
    }
}
