"""What can be set about a workspace: switches for behaviour that Intercom does not document, and how settings are
written on a command line.
"""
