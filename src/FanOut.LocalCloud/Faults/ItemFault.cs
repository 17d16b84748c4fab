namespace FanOut.LocalCloud.Faults;

/// <summary>A fault that fails items, as it applies to one call.</summary>
internal sealed class ItemFault(Fault fault, string service, Func<double> draw)
{
    public ItemError? ItemErrorAt(int position)
    {
        if (fault.Positions?.Contains(position) == false || draw() >= fault.ItemProbability)
        {
            return null;
        }

        ServiceException error = FaultErrors.Item(service, fault.Permanent);
        return new ItemError(
            fault.Code ?? error.Code,
            fault.Message ?? error.Message,
            fault.Status ?? error.Status,
            fault.Permanent,
            fault.Moment == FaultMoment.After);
    }
}
