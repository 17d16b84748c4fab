using FanOut.Engine;
using FanOut.Engine.DeadLetters;
using FanOut.Engine.Delivery;
using FanOut.Engine.Mappings;

namespace FanOut.Local;

/// <summary>The function's own dispatch engine, in this process: the one place in the module that sends records.</summary>
/// <remarks>
/// The mappings are given, not read from the table, and count as active. Nothing is noted on progress, and no dead letter is sent: what was not
/// delivered is in the result.
/// </remarks>
/// <param name="targets">Where the targets of mappings come from: <see cref="TargetFactory"/> to send, <see cref="Plans.PlannedTargets"/> to see what would be sent.</param>
/// <param name="time">The clock.</param>
/// <param name="random">The jitter of back-off.</param>
internal sealed class LocalEngine(ITargetSource targets, TimeProvider time, Random random)
{
    /// <summary>How much is sent at the same time. Default: as a function of 128 MB with its default settings.</summary>
    public DeliveryOptions Options { get; init; } = new();

    /// <summary>Where records go that cannot be delivered to a mapping whose <see cref="OnFailure"/> is the dead letter. Default: nowhere.</summary>
    public IDeadLetters? DeadLetters { get; init; }

    /// <summary>Sends an event's records to the targets of mappings.</summary>
    /// <param name="json">The event, as Lambda hands it over.</param>
    /// <param name="mappings">The mappings. Those of another source are taken for mappings of the event's.</param>
    /// <param name="cancellationToken">What is not sent by then has failed.</param>
    /// <exception cref="Engine.Events.InvalidEventException">It is no event of a source that the function knows.</exception>
    public Task<DispatchResult> SendAsync(ReadOnlyMemory<byte> json, IReadOnlyList<Mapping> mappings, CancellationToken cancellationToken) =>
        new Dispatcher(new FixedMappings(mappings), targets, Options, time, random) { DeadLetters = DeadLetters }.DispatchAsync(json, cancellationToken);
}
