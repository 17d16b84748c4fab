@{
    RootModule           = 'FanOut.psm1'
    ModuleVersion        = '1.0.0'
    GUID                 = '5d0a7c0e-4c64-4d0c-9f43-1f2c1b6f5a7e'
    Author               = 'The developers of FanOut'
    CompanyName          = 'FanOut'
    Copyright            = 'Licensed under the Apache License, Version 2.0'
    Description          = 'Copies records from Amazon Kinesis Data Streams, DynamoDB Streams and SNS topics to SNS, SQS, Elasticsearch and OpenSearch, Kinesis, Firehose, IoT, Lambda, EventBridge, Step Functions, Memcached, Redis and HTTPS endpoints, across accounts and regions: manages the fan-out function, its sources and its targets.'
    CompatiblePSEditions = @('Core')
    PowerShellVersion    = '7.4'
    FormatsToProcess     = @('FanOut.Format.ps1xml')
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    CmdletsToExport      = @(
        'Connect-FanOutSource'
        'Disable-FanOutTarget'
        'Disconnect-FanOutSource'
        'Enable-FanOutTarget'
        'Export-FanOutReport'
        'Export-FanOutTarget'
        'Export-FanOutTemplate'
        'Get-FanOutDeadLetter'
        'Get-FanOutFunction'
        'Get-FanOutLog'
        'Get-FanOutMetric'
        'Get-FanOutPolicy'
        'Get-FanOutSource'
        'Get-FanOutTarget'
        'Invoke-FanOutReplay'
        'Publish-FanOutAlarm'
        'Publish-FanOutDashboard'
        'Publish-FanOutFunction'
        'Register-FanOutTarget'
        'Remove-FanOutFunction'
        'Resume-FanOutDeadLetter'
        'Resume-FanOutSource'
        'Set-FanOutTarget'
        'Suspend-FanOutSource'
        'Sync-FanOutTarget'
        'Test-FanOutTarget'
        'Unregister-FanOutTarget'
    )

    # No HelpInfoUri: it names a folder on the web with the help as HelpInfo.xml and CAB, for modules whose help is not in their package. Ours is, of the same
    # build as the cmdlets: Update-Help skips the module without a word, where an address with nothing behind it would be an error for everybody's Update-Help.

    PrivateData          = @{
        PSData = @{
            Tags         = @('AWS', 'Kinesis', 'DynamoDB', 'Streams', 'Lambda', 'SQS', 'SNS', 'Firehose', 'OpenSearch', 'Elasticsearch', 'IoT', 'EventBridge', 'StepFunctions', 'Redis', 'Memcached', 'Webhook', 'FanOut', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://www.apache.org/licenses/LICENSE-2.0'

            # Where a version is not final yet, its name after the number, as in 1.1.0-preview1: Prerelease = 'preview1'

            # ProjectUri must be the real repository's before anything is published, and what follows must begin with it. It is the one place: builds take
            # the addresses of Get-Help -Online from here. example.com belongs to nobody (RFC 2606).
            ProjectUri   = 'https://example.com/fanout'
            IconUri      = 'https://example.com/fanout/raw/main/docs/icon.png'
            ReleaseNotes = 'https://example.com/fanout/blob/main/CHANGELOG.md'
        }
    }
}
