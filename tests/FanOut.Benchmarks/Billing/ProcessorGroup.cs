using System.Globalization;

namespace FanOut.Benchmarks.Billing;

/// <summary>Processes that together get so much processor time and no more: a control group of Linux, which only root may make.</summary>
/// <remarks>https://docs.kernel.org/admin-guide/cgroup-v2.html, https://docs.kernel.org/scheduler/sched-bwc.html</remarks>
internal sealed class ProcessorGroup : IDisposable
{
    private const string Root = "/sys/fs/cgroup";

    // Lambda does not document its own; others have seen 20 ms.
    private const int PeriodMicroseconds = 20_000;

    private const int LeastQuotaMicroseconds = 1000;

    private readonly string _name;

    /// <summary>Makes a group.</summary>
    /// <param name="name">Its name, which no other group has.</param>
    /// <exception cref="InvalidOperationException">This is not Linux, or not root.</exception>
    public ProcessorGroup(string name)
    {
        _name = name;
        try
        {
            foreach (string folder in Folders)
            {
                Directory.CreateDirectory(folder);
            }

            if (!IsVersion1)
            {
                File.WriteAllText($"{Root}/cgroup.subtree_control", "+cpu");
            }

            // Whatever else the machine does yields to it.
            Write(IsVersion1 ? "cpu.shares" : "cpu.weight", IsVersion1 ? "262144" : "10000");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"The processor time of a Lambda function can be measured on Linux only, by root (sudo); --limit false measures without it: {e.Message}", e);
        }
    }

    private static bool IsVersion1 => Directory.Exists($"{Root}/cpu");

    /// <summary>The files that a process writes its id into to join.</summary>
    public IEnumerable<string> Doors => Folders.Select(static f => f + "/cgroup.procs");

    /// <summary>The processor time that its processes have had.</summary>
    public TimeSpan Used
    {
        get
        {
            string text = File.ReadAllText(IsVersion1 ? $"{Root}/cpuacct/{_name}/cpuacct.usage" : $"{Root}/{_name}/cpu.stat");
            double microseconds = IsVersion1
                ? long.Parse(text, CultureInfo.InvariantCulture) / 1000.0
                : long.Parse(text.Split('\n')[0].Split(' ')[1], CultureInfo.InvariantCulture);
            return TimeSpan.FromMicroseconds(microseconds);
        }
    }

    private IEnumerable<string> Folders => IsVersion1 ? [$"{Root}/cpu/{_name}", $"{Root}/cpuacct/{_name}"] : [$"{Root}/{_name}"];

    /// <summary>Limits its processes to a share of one processor: all that they get in any 20 ms.</summary>
    public void Limit(double share)
    {
        string quota = Math.Max(LeastQuotaMicroseconds, (int)(PeriodMicroseconds * share)).ToString(CultureInfo.InvariantCulture);
        if (IsVersion1)
        {
            Write("cpu.cfs_period_us", $"{PeriodMicroseconds}");
            Write("cpu.cfs_quota_us", quota);
        }
        else
        {
            Write("cpu.max", $"{quota} {PeriodMicroseconds}");
        }
    }

    /// <summary>Removes the group, whose processes have ended or go back to where they were.</summary>
    public void Dispose()
    {
        foreach (string folder in Folders.Where(Directory.Exists))
        {
            foreach (string process in File.ReadAllLines(folder + "/cgroup.procs"))
            {
                File.WriteAllText($"{Path.GetDirectoryName(folder)}/cgroup.procs", process);
            }

            Directory.Delete(folder);
        }
    }

    private void Write(string file, string value) => File.WriteAllText($"{(IsVersion1 ? $"{Root}/cpu" : Root)}/{_name}/{file}", value);
}
