namespace FanOut.LocalCloud.Faults;

/// <summary>The active faults. They are applied in the order in which they were added; the first that answers a call decides.</summary>
public sealed class FaultList
{
    private readonly object _gate = new();
    private readonly List<ArmedFault> _entries = [];
    private readonly Random _random;

    internal FaultList(Random random) => _random = random;

    /// <summary>Adds a fault, which is active at once.</summary>
    /// <returns>The same fault, for <see cref="Remove"/> and <see cref="Strikes"/>.</returns>
    public Fault Add(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_gate)
        {
            _entries.Add(new ArmedFault(fault) { Left = fault.Times ?? int.MaxValue });
        }

        return fault;
    }

    /// <summary>Removes a fault; nothing happens if it is not in the list.</summary>
    public void Remove(Fault fault)
    {
        lock (_gate)
        {
            _entries.RemoveAll(entry => ReferenceEquals(entry.Fault, fault));
        }
    }

    /// <summary>Removes all faults.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _entries.Clear();
        }
    }

    /// <summary>How many calls a fault has struck; 0 when it is not in the list.</summary>
    public int Strikes(Fault fault)
    {
        lock (_gate)
        {
            return _entries.Find(entry => ReferenceEquals(entry.Fault, fault))?.Strikes ?? 0;
        }
    }

    internal IReadOnlyList<Fault> Strike(ServiceCall call)
    {
        ArmedFault[] armed;
        lock (_gate)
        {
            armed = [.. _entries.Where(static entry => entry.Left > 0)];
        }

        // A condition is the test's own code, which may itself call the cloud: no lock is held meanwhile.
        ArmedFault[] meant = [.. armed.Where(entry => entry.Fault.IsFor(call))];
        lock (_gate)
        {
            List<Fault> struck = [];
            foreach (ArmedFault entry in meant)
            {
                if (entry.Left > 0 && _random.NextDouble() < entry.Fault.Probability)
                {
                    entry.Left--;
                    entry.Strikes++;
                    struck.Add(entry.Fault);
                }
            }

            return struck;
        }
    }

    internal double Draw()
    {
        lock (_gate)
        {
            return _random.NextDouble();
        }
    }

    private sealed class ArmedFault(Fault fault)
    {
        public Fault Fault { get; } = fault;

        public int Left { get; set; }

        public int Strikes { get; set; }
    }
}
