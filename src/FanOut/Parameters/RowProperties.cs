using FanOut.Commands;
using FanOut.DesiredState.Sections;

namespace FanOut.Parameters;

/// <summary>What rows of a list may have.</summary>
internal static class RowProperties
{
    /// <summary>Of targets: the parameters of Register-FanOutTarget.</summary>
    public static StrayProperties OfTargets { get; } = new(SectionParameters.Of(SectionParameters.Target), typeof(RegisterFanOutTargetCommand), typeof(FanOutTarget));

    /// <summary>Of sources: the parameters of Connect-FanOutSource.</summary>
    public static StrayProperties OfSources { get; } = new(SectionParameters.Of(SectionParameters.Source), typeof(ConnectFanOutSourceCommand), typeof(FanOutSource));

    /// <summary>Of alarms: the settings of Publish-FanOutAlarm.</summary>
    public static StrayProperties OfAlarms { get; } = new([], typeof(PublishFanOutAlarmCommand), typeof(FanOutAlarm));

    /// <summary>Of dashboards, which have no settings but whose they are.</summary>
    public static StrayProperties OfDashboards { get; } = new([], typeof(PublishFanOutDashboardCommand), typeof(FanOutAlarm));
}
