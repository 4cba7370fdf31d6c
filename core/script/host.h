/* host.h - what the host knows of the process. */
#ifndef SHEAF_SCRIPT_HOST_H
#define SHEAF_SCRIPT_HOST_H

/* Not 0 once SIGINT came; see catch_interrupt. */
volatile const int *sheaf_interrupt_flag(void);

#endif
