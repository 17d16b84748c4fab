using System.Net;
using System.Text;
using Amazon.Runtime;
using FanOut.Engine.Batching;
using FanOut.Engine.Targets;
using FanOut.Engine.Transform;

namespace FanOut.Tests.Progress.Play;

/// <summary>A target that writes down what arrives, and has troubles until it is mended.</summary>
internal sealed class TroubledTarget(string id, Shard shard, CallOrder order, Random random) : ITarget
{
    private readonly object _gate = new();
    private readonly List<string> _arrivals = [];

    public string Id => id;

    /// <summary>What is wrong with it.</summary>
    public Trouble Trouble { get; set; }

    /// <summary>Whether anything has ever been wrong with it.</summary>
    public bool IsHealthy { get; private set; } = true;

    /// <summary>Whether the time was up once before it was its turn: what Lambda then gives up it lacks.</summary>
    public bool WasLate { get; set; }

    /// <summary>Whether calls failed that had had an effect.</summary>
    public bool IsAmbiguous { get; private set; }

    /// <summary>The names of the records that it took, see <see cref="Shard.NamesOf"/>, in the order in which it took them.</summary>
    public IReadOnlyList<string> Arrivals
    {
        get
        {
            lock (_gate)
            {
                return [.. _arrivals];
            }
        }
    }

    public Limits Limits { get; } = new(7, 100_000, 1_000_000);

    public PayloadForm Form => PayloadForm.Bytes;

    public CallOrder CallOrder => order;

    public IItemCutter Cutter => new SingleItems(Measure, Limits);

    public Task<Receipt> SendAsync(TargetBatch batch, ReadOnlyMemory<Item> items, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            (IsHealthy, IsAmbiguous) = (IsHealthy && Trouble == Trouble.None, IsAmbiguous || Trouble == Trouble.ServerErrorAfterEffect);
            string[] names = [.. items.ToArray().Select(i => NameOf(batch, batch[i.First]))];
            switch (Trouble)
            {
                case Trouble.Denied:
                    throw Error(HttpStatusCode.Forbidden, "AccessDeniedException");
                case Trouble.Throttled:
                    throw Error(HttpStatusCode.BadRequest, "ThrottlingException");
                case Trouble.ServerError when random.Next(2) == 0:
                    throw Error(HttpStatusCode.InternalServerError, "InternalFailure");
                case Trouble.ServerErrorAfterEffect when random.Next(2) == 0:
                    _arrivals.AddRange(names);
                    throw Error(HttpStatusCode.InternalServerError, "InternalFailure");
            }

            var failures = new List<ItemFailure>();
            for (int i = 0; i < names.Length; i++)
            {
                if (Trouble == Trouble.ItemsRefused && random.Next(2) == 0)
                {
                    failures.Add(new ItemFailure(i, new Failure(FailureClass.Refused, "ProvisionedThroughputExceededException", "too much")));
                }
                else if (Trouble == Trouble.ItemsRejected && (names[i].Sum(static c => c) + id.Length) % 4 == 0)
                {
                    failures.Add(new ItemFailure(i, new Failure(FailureClass.PermanentItem, "ValidationException", "bad")));
                }
                else
                {
                    _arrivals.Add(names[i]);
                }
            }

            return Task.FromResult(new Receipt(failures));
        }
    }

    public ValueTask DisposeAsync() => default;

    private string NameOf(TargetBatch batch, in Payload payload)
    {
        int record = shard.NumberOf(Encoding.ASCII.GetString(batch.RecordOf(payload).SequenceNumber.Span));
        return payload.IsSubRecord ? $"{record}.{payload.SubSequence}" : $"{record}";
    }

    private static AmazonServiceException Error(HttpStatusCode status, string code) => new(code, null, ErrorType.Unknown, code, "r1", status);

    private static int Measure(TargetBatch batch, in Payload payload, out Failure? failure)
    {
        failure = null;
        return payload.Data.Length;
    }
}
