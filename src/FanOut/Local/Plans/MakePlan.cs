using FanOut.Engine;
using FanOut.Engine.Delivery;
using FanOut.Engine.Mappings;

namespace FanOut.Local.Plans;

/// <summary>Finds out what targets would get of an event, with the function's own engine and without a call.</summary>
/// <param name="region">The function's region.</param>
/// <param name="options">How much the function sends at the same time, which decides how calls are cut.</param>
/// <param name="time">The clock.</param>
internal sealed class MakePlan(string region, DeliveryOptions options, TimeProvider time)
{
    /// <summary>The plans, by the mappings' ids.</summary>
    /// <param name="json">The event, as Lambda hands it over, of one source.</param>
    /// <param name="mappings">All mappings of that source that would be active: what a call may hold depends on how many there are.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Engine.Events.InvalidEventException">It is no event of a source that the function knows.</exception>
    public async Task<IReadOnlyDictionary<string, Plan>> OfAsync(ReadOnlyMemory<byte> json, IReadOnlyList<Mapping> mappings, CancellationToken cancellationToken)
    {
        var targets = new PlannedTargets(region, time);
        await using (targets.ConfigureAwait(false))
        {
            DispatchResult result = await new LocalEngine(targets, time, new Random(0)) { Options = options }.SendAsync(json, mappings, cancellationToken).ConfigureAwait(false);
            GroupResult group = result.Groups[0];
            return group.Outcomes.ToDictionary(static o => o.Mapping.Id, o => new Plan(group.Group.Records.Count, targets.CallsOf(o.Mapping.Id), o));
        }
    }
}
