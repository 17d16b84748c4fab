using FanOut.Help;
using FanOut.Help.Cmdlets;
using FanOut.Help.Output;

// Exit codes: 0 written, 1 the assembly lacks a text, 2 the command line cannot be used. Errors have the form that MSBuild shows as its own.
try
{
    Arguments arguments = Arguments.Read(args);
    IReadOnlyList<Cmdlet> cmdlets = ReadCmdlets.Of(arguments.Assembly);
    if (arguments.Maml is { } maml)
    {
        Maml.Write(cmdlets, maml);
    }

    if (arguments.Docs is { } docs)
    {
        Markdown.Write(cmdlets, docs);
    }

    if (arguments.Schema is { } schema)
    {
        Schema.Write(cmdlets, ReadSectionNames.Of(arguments.Assembly), schema);
    }

    return 0;
}
catch (MissingTextException e)
{
    await Console.Error.WriteLineAsync($"FanOut.Help : error HELP001: {e.Message}").ConfigureAwait(false);
    return 1;
}
catch (UsageException e)
{
    await Console.Error.WriteLineAsync($"FanOut.Help : error HELP002: {e.Message}").ConfigureAwait(false);
    return 2;
}
