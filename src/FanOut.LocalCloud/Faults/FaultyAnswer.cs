using FanOut.LocalCloud.Http;

namespace FanOut.LocalCloud.Faults;

/// <summary>Answers calls, applying the active faults.</summary>
internal sealed class FaultyAnswer(FaultList faults, TimeProvider time)
{
    private static readonly HttpResponse Garbage = HttpResponse.Text(200, "application/x-amz-json-1.1", "{\"Records\":[<html>oops");

    public async Task<HttpResponse> AnswerAsync(ServiceCall call, IService service, CancellationToken cancellationToken)
    {
        IReadOnlyList<Fault> struck = faults.Strike(call);
        call.ItemFaults = [.. struck.Where(fault => fault.Kind == FaultKind.RefuseItems).Select(fault => new ItemFault(fault, call.Service, faults.Draw))];

        HttpResponse? early = await ApplyAsync(struck, FaultMoment.Before, null, call, cancellationToken).ConfigureAwait(false);
        if (early is not null)
        {
            return early;
        }

        HttpResponse answer = await service.AnswerAsync(call, cancellationToken).ConfigureAwait(false);
        return await ApplyAsync(struck, FaultMoment.After, answer, call, cancellationToken).ConfigureAwait(false) ?? answer;
    }

    /// <summary>The answer after the faults of one moment; null if they do not change it.</summary>
    private async Task<HttpResponse?> ApplyAsync(
        IReadOnlyList<Fault> struck, FaultMoment moment, HttpResponse? answer, ServiceCall call, CancellationToken cancellationToken)
    {
        foreach (Fault fault in struck.Where(fault => MomentOf(fault) == moment))
        {
            if (FaultErrors.Call(call.Service, fault) is { } error)
            {
                throw error;
            }

            switch (fault.Kind)
            {
                case FaultKind.Slow:
                    await Task.Delay(fault.Delay, time, cancellationToken).ConfigureAwait(false);
                    break;
                case FaultKind.Hang:
                    return new HttpResponse { Misbehaviour = Misbehaviour.Hang };
                case FaultKind.CloseBeforeAnswer:
                    return new HttpResponse { Misbehaviour = Misbehaviour.CloseBeforeAnswer };
                case FaultKind.CloseInTheMiddle:
                    return (answer ?? Garbage) with { Misbehaviour = Misbehaviour.CloseInTheMiddle };
                case FaultKind.Drip:
                    return answer! with { Misbehaviour = Misbehaviour.Drip(fault.Delay) };
                case FaultKind.Malformed:
                    return Garbage with { Headers = new Dictionary<string, string>(Garbage.Headers) };
            }
        }

        return null;
    }

    // An answer can drip only after there is one.
    private static FaultMoment MomentOf(Fault fault) => fault.Kind == FaultKind.Drip ? FaultMoment.After : fault.Moment;
}
